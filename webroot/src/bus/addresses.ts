/** Every address of the event bus that the console uses. */
export const BRIDGE_PATH = '/eventbus/websocket';
export const SESSIONS = 'console.sessions';
export const SYSTEM = 'console.system';
export const SNAPSHOT = 'console.snapshot';
export const sessionAddress = (sessionId: string): string => `console.session.${sessionId}`;
