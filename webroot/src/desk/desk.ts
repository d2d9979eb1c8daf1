import type { Account } from '../access/account';
import { batch, computed, effect, signal } from '@preact/signals';
import { executionStatus, startSession, stopSession, type Engine, type StartSession } from '../api/sessions';
import { backtestsApi } from '../api/backtests';
import { historyApi } from '../api/history';
import { settingsApi } from '../api/settings';
import { strategiesApi } from '../api/strategies';
import { systemApi } from '../api/system';
import { Backtests, isBacktest } from '../backtest/backtests';
import { Instants } from '../backtest/instants';
import { isOver, Recordings } from '../data/recordings';
import { BRIDGE_PATH, SESSIONS } from '../bus/addresses';
import { Bridge, type Connection } from '../bus/bridge';
import { readMessage, type RiskAlert, type SessionState } from '../messages';
import { DrawTimes } from '../session/drawTimes';
import { SessionFollower } from '../session/follower';
import { Workbench } from '../strategies/workbench';
import { Platform } from '../system/platform';
import { Alerts } from './alerts';
import { Preferences } from './preferences';
import { canBeWatched, firstChoice, mergeSessions } from './sessionList';

/** Between two questions of how long an answer takes. */
const TRIP_MS = 10_000;

/** The state of the console and its only writer: connection, sessions, the session on screen. */
export class Desk {
  readonly alerts = new Alerts();
  readonly backtests = new Backtests(backtestsApi);
  readonly recordings = new Recordings();
  /** The backtests that follow saves. */
  readonly instants = new Instants(this.backtests);
  /** What is edited, typed and not saved. */
  readonly workbench = new Workbench(strategiesApi, (name, version) => void this.instants.run(name, version));
  readonly connection = signal<Connection>({ state: 'connecting' });
  readonly connected = computed(() => this.connection.value.state === 'connected');
  /** Wall clock of the last sign of life, in milliseconds. */
  readonly lastTraffic = signal<number | null>(null);
  readonly engine = signal<Engine | null>(null);
  readonly sessions = signal<readonly SessionState[]>([]);
  /** Whether the list of sessions has arrived, or why not. */
  readonly listing = signal<'loading' | 'ready' | { error: string }>('loading');
  readonly selected = signal<string | null>(null);
  readonly follower = signal<SessionFollower | null>(null);
  /** The session on screen, as far as anything is known of it. */
  readonly session = computed<SessionState | null>(() => {
    const follower = this.follower.value;
    void follower?.frame.value;
    const listed = this.sessions.value.find((session) => session.session_id === this.selected.value);
    return follower?.book.value?.session ?? listed ?? null;
  });

  /** Why trading in it is stopped until somebody releases it; null while it is not. */
  readonly stoppedBy = computed<RiskAlert | null>(() => {
    const follower = this.follower.value;
    void follower?.frame.value;
    return follower?.book.value?.stoppedBy ?? null;
  });

  /** Whether orders and sessions can be touched: there is a connection, and the user may. */
  readonly canTrade = computed(() => this.connected.value && this.account.mayTrade.value);
  /** The same of strategies. */
  readonly canEdit = computed(() => this.connected.value && this.account.mayEdit.value);

  /** How long ticks of the session on screen take to get there. */
  readonly drawTimes = new DrawTimes();
  /** How the platform itself is. */
  readonly platform: Platform;

  private readonly bridge: Bridge;
  private heard = 0;

  constructor(
    origin: string,
    readonly account: Account,
  ) {
    this.bridge = new Bridge(origin.replace(/^http/, 'ws') + BRIDGE_PATH, {
      onConnection: (connection) => this.onConnection(connection),
      onTraffic: () => (this.heard = Date.now()),
      onProblem: (text) => this.alerts.raise('error', text),
    });
    setInterval(() => {
      this.lastTraffic.value = this.heard || null;
      this.drawTimes.look();
    }, 500);
    setInterval(() => void this.measureTrip(), TRIP_MS);
    document.addEventListener('visibilitychange', () => this.drawTimes.forget());
    this.platform = new Platform(systemApi, this.bridge);
    this.bridge.subscribe(SESSIONS, (body) => this.onSession(body));
    effect(() => this.follow(this.selected.value));
    const preferences = new Preferences(settingsApi, (text) => this.alerts.raise('error', text));
    effect(() => {
      if (account.may('read')) void preferences.load();
    });
    effect(() => {
      if (account.may('read')) this.bridge.connect();
      else this.bridge.disconnect();
    });
  }

  select(sessionId: string): void {
    this.selected.value = sessionId;
  }

  /** Asks again for what the screen could not get. */
  retry(): void {
    void this.refresh();
    void this.follower.peek()?.resync();
  }

  /** @throws ApiError with the platform's reason */
  async start(order: StartSession): Promise<void> {
    const started = await startSession(order);
    if (started.already_running) this.alerts.raise('info', `Session ${started.session_id} was already running.`);
    this.select(started.session_id);
  }

  /** @throws ApiError with the platform's reason */
  async stop(sessionId: string): Promise<void> {
    const stopped = await stopSession(sessionId);
    if (stopped.already_stopped) this.alerts.raise('info', `Session ${sessionId} had already stopped.`);
  }

  /** @throws ApiError with the platform's reason */
  async pause(sessionId: string, paused: boolean): Promise<void> {
    await historyApi.pause(sessionId, paused);
  }

  /** It is there no more. */
  forget(sessionId: string): void {
    batch(() => {
      this.sessions.value = this.sessions.peek().filter(({ session_id }) => session_id !== sessionId);
      this.backtests.forget(sessionId);
      if (this.selected.peek() === sessionId) this.selected.value = firstChoice(this.sessions.peek());
    });
  }

  private onConnection(connection: Connection): void {
    this.connection.value = connection;
    if (connection.state === 'connected') {
      this.retry();
      void this.measureTrip();
    }
    if (connection.state === 'waiting') void this.account.ask(); // it may be that the login is over
  }

  /** The bridge answers no ping, so the quickest answer there is stands for the way there and back. */
  private async measureTrip(): Promise<void> {
    if (!this.connected.peek() || document.hidden) return;
    const began = performance.now();
    try {
      await fetch('/health/live', { cache: 'no-store' });
      this.drawTimes.answered(performance.now() - began);
    } catch {
      // That there is no connection is told by the bridge.
    }
  }

  private async refresh(): Promise<void> {
    void this.backtests.refresh();
    try {
      const status = await executionStatus();
      const listed = new Set(status.sessions.map(({ session_id }) => session_id));
      batch(() => {
        this.engine.value = status.engine;
        this.listing.value = 'ready';
        const known = this.sessions.peek().filter(({ session_id }) => listed.has(session_id));
        this.sessions.value = mergeSessions(known, status.sessions);
        this.selected.value ??= firstChoice(status.sessions);
      });
    } catch (error) {
      this.listing.value = { error: error instanceof Error ? error.message : String(error) };
    }
  }

  private onSession(body: unknown): void {
    const message = readMessage(body);
    if (isBacktest(message)) {
      this.backtests.hear(message);
      return;
    }
    if (message.type === 'session.deleted') {
      this.forget(message.sessionId);
      this.recordings.forget(message.sessionId);
      return;
    }
    if (message.type === 'recording.state') {
      this.recordings.hear(message.sessionId, message.data);
      if (isOver(message.data)) void this.backtests.loadDataSets();
      return;
    }
    if (message.type !== 'session.state') {
      this.alerts.raise('error', `The list of sessions sent a message of type ${message.type}.`);
      return;
    }
    batch(() => {
      this.sessions.value = mergeSessions(this.sessions.peek(), [message.data]);
      if (canBeWatched(message.data)) this.selected.value ??= message.data.session_id;
    });
  }

  private follow(sessionId: string | null): void {
    this.follower.peek()?.close();
    const follower = sessionId
      ? new SessionFollower(this.bridge, sessionId, (text) => this.alerts.raise('error', text), this.drawTimes)
      : null;
    this.follower.value = follower;
    if (this.connected.peek()) void follower?.resync();
  }
}
