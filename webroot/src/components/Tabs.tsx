import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

interface Tab {
  id: string;
  title: string;
  /** Beside the title; left out where it is not known. */
  count?: number;
  content(): ComponentChildren;
}

/** Tabs by the pattern of WAI-ARIA: arrows move, only the chosen one is in the tab order. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const panel = useId();
  const chosen = useSignal(0);
  const list = useRef<HTMLDivElement>(null);
  const tab = tabs[chosen.value] as Tab;
  const choose = (index: number): void => {
    chosen.value = (index + tabs.length) % tabs.length;
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[chosen.value]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') choose(chosen.value + 1);
    else if (event.key === 'ArrowLeft') choose(chosen.value - 1);
    else if (event.key === 'Home') choose(0);
    else if (event.key === 'End') choose(tabs.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div class="panel-head tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title, count }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            data-testid={`tab-${id}`}
            aria-controls={panel}
            aria-selected={index === chosen.value}
            tabIndex={index === chosen.value ? 0 : -1}
            onClick={() => choose(index)}
          >
            {title} {count !== undefined && <span class="count">{count}</span>}
          </button>
        ))}
      </div>
      <div class="panel-body" role="tabpanel" id={panel} aria-labelledby={`tab-${tab.id}`}>
        {tab.content()}
      </div>
    </>
  );
}
