import type { Explanation } from './language/protocol';

/** An element with text in it; what comes from outside is never read as HTML. */
export function element(tag: string, className: string, ...children: (string | Node)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** A declaration and what is said about it, as completion and hover show it. */
export function explanationPopup({ code, text, tags }: Explanation): HTMLElement {
  const popup = element('div', 'editor-popup', element('code', 'popup-code', code));
  if (text) popup.append(element('p', '', text));
  for (const tag of tags) {
    popup.append(
      tag.name === 'example'
        ? element('code', 'popup-example', tag.text)
        : element('p', '', element('b', '', tag.name), ` ${tag.text}`),
    );
  }
  return popup;
}

export function linesPopup(title: string, lines: readonly string[]): HTMLElement {
  return element('div', 'editor-popup', element('b', '', title), ...lines.map((line) => element('p', '', line)));
}
