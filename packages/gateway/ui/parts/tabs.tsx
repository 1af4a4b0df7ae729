import { useEffect, useRef } from "preact/hooks";

/** A tab. */
interface Tab {
  title: string;
  href: string;
  isCurrent: boolean;
}

/** Links between the pages of a subject. A narrow screen scrolls to the current one. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const list = useRef<HTMLElement>(null);
  const current = tabs.find(({ isCurrent }) => isCurrent)?.title;
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>("[aria-current]");
    if (link) list.current!.scrollLeft = link.offsetLeft - list.current!.offsetLeft - link.offsetWidth / 2;
  }, [current]);
  return (
    <nav class="tabs" aria-label={label} ref={list}>
      {tabs.map(({ title, href, isCurrent }) => (
        <a key={title} href={href} aria-current={isCurrent ? "page" : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}
