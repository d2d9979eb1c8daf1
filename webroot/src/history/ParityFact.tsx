import { useSignal } from '@preact/signals';
import { historyApi, type ParityProof } from '../api/history';
import { count } from '../system/units';

/** Runs a session again on request, and says whether it decided the same. */
export function ParityFact({ id }: { id: string }) {
  const proof = useSignal<ParityProof | null>(null);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const ask = async (): Promise<void> => {
    busy.value = true;
    error.value = null;
    try {
      proof.value = await historyApi.parity(id);
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  if (proof.value !== null) return <Proof proof={proof.value} />;
  return (
    <>
      <button type="button" data-testid="parity-prove" disabled={busy.value} onClick={() => void ask()}>
        {busy.value ? 'Running it again…' : 'Run it again'}
      </button>
      {error.value !== null && (
        <span class="form-error" role="alert">
          {' '}
          {error.value}
        </span>
      )}
    </>
  );
}

function Proof({ proof }: { proof: ParityProof }) {
  const { percent, matched, decisions, compared, inputs, intervention, difference } = proof;
  return (
    <span data-testid="parity-proof">
      {percent} % of decisions came again: {count(matched)} of {count(decisions)}, over{' '}
      {compared === inputs ? `all ${count(inputs)}` : `${count(compared)} of ${count(inputs)}`} inputs
      {intervention !== null && `; then ${intervention}`}
      {difference !== null && (
        <details>
          <summary>
            First difference: {difference.kind} of input {count(difference.seq)}
          </summary>
          <p>Session: {difference.session === null ? 'nothing' : JSON.stringify(difference.session)}</p>
          <p>Again: {difference.again === null ? 'nothing' : JSON.stringify(difference.again)}</p>
        </details>
      )}
    </span>
  );
}
