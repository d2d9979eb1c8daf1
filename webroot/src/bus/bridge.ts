import { reconnectDelay } from './backoff';

export const REQUEST_TIMEOUT_MS = 5_000;
export const PING_MS = 5_000;

export type Connection =
  | { state: 'connecting' }
  | { state: 'connected' }
  /** Not connected; the next attempt is made at `until`, in milliseconds of the wall clock. */
  | { state: 'waiting'; until: number };

export interface BridgeListener {
  onConnection(connection: Connection): void;
  /** Something came over the bridge: a sign of life. */
  onTraffic(): void;
  /** An error that belongs to no request. */
  onProblem(text: string): void;
}

type Handler = (body: unknown) => void;

interface Pending {
  resolve(body: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

interface Frame {
  type?: string;
  address?: string;
  body?: unknown;
  failureCode?: number;
  message?: string;
}

/** A request that was not answered because there is no connection; the next one starts over. */
export class Disconnected extends Error {}

/**
 * The raw WebSocket bridge to the event bus.
 *
 * Stays connected by itself. Subscriptions outlive a connection: they are registered again before the
 * listener hears of the new one. Requests do not: they fail when the connection does, or after five seconds.
 */
export class Bridge {
  private socket: WebSocket | null = null;
  private wanted = false;
  private failures = 0;
  private requests = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private readonly handlers = new Map<string, Handler>();
  private readonly pending = new Map<string, Pending>();
  private readonly text = new TextDecoder();
  private readonly name = Math.random().toString(36).slice(2);

  constructor(
    private readonly url: string,
    private readonly listener: BridgeListener,
  ) {}

  connect(): void {
    this.wanted = true;
    if (this.socket) return;
    clearTimeout(this.retry);
    this.listener.onConnection({ state: 'connecting' });
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.received(event.data as ArrayBuffer | string);
    socket.onclose = () => this.closed();
    this.socket = socket;
  }

  /** Until the next [connect]; subscriptions stay. */
  disconnect(): void {
    clearTimeout(this.retry);
    this.wanted = false;
    this.socket?.close();
  }

  /** Hears everything published at an address, until the returned function is called. */
  subscribe(address: string, handler: Handler): () => void {
    if (this.handlers.has(address)) throw new Error(`already subscribed to ${address}`);
    this.handlers.set(address, handler);
    this.sendIfOpen({ type: 'register', address, headers: {} });
    return () => {
      this.handlers.delete(address);
      this.sendIfOpen({ type: 'unregister', address, headers: {} });
    };
  }

  request(address: string, body: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const replyAddress = `reply.${this.name}.${++this.requests}`;
      if (!this.sendIfOpen({ type: 'send', address, body, headers: {}, replyAddress })) {
        reject(new Disconnected('not connected to the platform'));
        return;
      }
      const timer = setTimeout(() => {
        this.pending.delete(replyAddress);
        reject(new Error(`no answer from ${address} within ${REQUEST_TIMEOUT_MS / 1000} s`));
      }, REQUEST_TIMEOUT_MS);
      this.pending.set(replyAddress, { resolve, reject, timer });
    });
  }

  private opened(): void {
    this.failures = 0;
    this.ping = setInterval(() => this.sendIfOpen({ type: 'ping' }), PING_MS);
    for (const address of this.handlers.keys()) this.sendIfOpen({ type: 'register', address, headers: {} });
    this.listener.onConnection({ state: 'connected' });
  }

  private closed(): void {
    this.socket = null;
    clearInterval(this.ping);
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(new Disconnected('the connection to the platform was lost'));
    }
    this.pending.clear();
    if (!this.wanted) {
      this.listener.onConnection({ state: 'connecting' });
      return;
    }
    const delay = reconnectDelay(++this.failures, Math.random());
    this.retry = setTimeout(() => this.connect(), delay);
    this.listener.onConnection({ state: 'waiting', until: Date.now() + delay });
  }

  private received(data: ArrayBuffer | string): void {
    this.listener.onTraffic();
    const text = typeof data === 'string' ? data : this.text.decode(data);
    try {
      this.read(JSON.parse(text) as Frame);
    } catch (error) {
      this.listener.onProblem(`A message could not be read: ${String(error)}`);
    }
  }

  private read(frame: Frame): void {
    switch (frame.type) {
      case 'rec':
        this.deliver(frame.address ?? '', frame.body);
        break;
      case 'err':
        this.fail(frame);
        break;
      case 'pong':
        break;
      default:
        this.listener.onProblem(`The bridge sent a frame of unknown type ${String(frame.type)}.`);
    }
  }

  private deliver(address: string, body: unknown): void {
    const request = this.take(address);
    if (request) request.resolve(body);
    // A message under way while its address was unregistered has no handler any more.
    else this.handlers.get(address)?.(body);
  }

  private fail(frame: Frame): void {
    const request = this.take(frame.address ?? '');
    const text = frame.message ?? String(frame.body ?? 'no reason given');
    if (request) request.reject(new Error(text));
    else this.listener.onProblem(`The bridge refused a request: ${text}`);
  }

  private take(replyAddress: string): Pending | undefined {
    const request = this.pending.get(replyAddress);
    if (request) {
      clearTimeout(request.timer);
      this.pending.delete(replyAddress);
    }
    return request;
  }

  private sendIfOpen(frame: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }
}
