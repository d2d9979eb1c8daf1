import { useSignal, type Signal } from '@preact/signals';

/** Runs what somebody asked for, keeps why it did not work, and reads the list again either way. */
export function useAttempt(reload: () => Promise<void>): {
  error: Signal<string | null>;
  attempt(action: () => Promise<void>): Promise<void>;
} {
  const error = useSignal<string | null>(null);
  return {
    error,
    async attempt(action) {
      error.value = null;
      try {
        await action();
      } catch (problem) {
        error.value = problem instanceof Error ? problem.message : String(problem);
      }
      await reload();
    },
  };
}
