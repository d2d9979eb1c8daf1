/** The editor's lines end in LF; a file whose lines end in CRLF keeps that. */
export const toEditor = (source: string): string => source.replace(/\r\n?/g, '\n');

export const toFile = (text: string, like: string): string => (like.includes('\r\n') ? text.replace(/\n/g, '\r\n') : text);
