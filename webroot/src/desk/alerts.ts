import { signal, type ReadonlySignal } from '@preact/signals';

export interface Alert {
  id: number;
  level: 'info' | 'error';
  text: string;
  /** How often it was raised. */
  count: number;
}

const MOST = 5;

/** The strip of alerts: each stays until dismissed; one raised again is counted, not repeated. */
export class Alerts {
  private readonly alerts = signal<readonly Alert[]>([]);
  private ids = 0;

  get list(): ReadonlySignal<readonly Alert[]> {
    return this.alerts;
  }

  raise(level: Alert['level'], text: string): void {
    const known = this.alerts.peek().find((alert) => alert.text === text);
    this.alerts.value = known
      ? this.alerts.peek().map((alert) => (alert === known ? { ...alert, count: alert.count + 1 } : alert))
      : [...this.alerts.peek(), { id: ++this.ids, level, text, count: 1 }].slice(-MOST);
  }

  dismiss(id: number): void {
    this.alerts.value = this.alerts.peek().filter((alert) => alert.id !== id);
  }
}
