/** How many messages wait for a snapshot; when there are more, the oldest go, which shows as a gap. */
const WAITING_LIMIT = 20_000;

/**
 * Brings the messages of one address into an unbroken order on top of a snapshot.
 *
 * Until a snapshot is there, messages wait. After one with `seq` S, only those above S count, each exactly one
 * above the last; a gap means that a new snapshot is needed, and messages wait again.
 */
export class Sequencer<T extends { seq: number }> {
  private last: number | null = null;
  private waiting: T[] = [];

  /** @returns whether to apply the message now, or that one is missing before it */
  receive(message: T): 'apply' | 'wait' | 'old' | 'gap' {
    if (this.last === null) {
      this.hold(message);
      return 'wait';
    }
    if (message.seq <= this.last) return 'old';
    if (message.seq === this.last + 1) {
      this.last = message.seq;
      return 'apply';
    }
    this.awaitSnapshot();
    this.hold(message);
    return 'gap';
  }

  /** From here on messages wait for a snapshot. */
  awaitSnapshot(): void {
    this.last = null;
  }

  /** @returns the waiting messages that continue the snapshot, and whether they break off at a gap */
  snapshot(seq: number): { apply: T[]; gap: boolean } {
    const newer = this.waiting.filter((message) => message.seq > seq);
    this.waiting = [];
    this.last = seq;
    const apply: T[] = [];
    for (const [index, message] of newer.entries()) {
      const verdict = this.receive(message);
      if (verdict === 'apply') apply.push(message);
      if (verdict === 'gap') {
        for (const later of newer.slice(index + 1)) this.hold(later);
        return { apply, gap: true };
      }
    }
    return { apply, gap: false };
  }

  private hold(message: T): void {
    this.waiting.push(message);
    if (this.waiting.length > WAITING_LIMIT) this.waiting.splice(0, WAITING_LIMIT / 2);
  }
}
