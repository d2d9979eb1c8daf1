import type { ComponentChildren } from 'preact';

interface Props {
  title: string;
  about?: string | undefined;
  children: ComponentChildren;
}

/** A part of the page under its title. */
export function Panel({ title, about, children }: Props) {
  return (
    <section class="panel system-panel" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
        {about && <small>{about}</small>}
      </div>
      {children}
    </section>
  );
}
