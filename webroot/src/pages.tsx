import type { ComponentChildren } from 'preact';
import { BacktestPage } from './backtest/BacktestPage';
import { DataPage } from './data/DataPage';
import { HistoryPage } from './history/HistoryPage';
import { LivePage } from './live/LivePage';
import { SettingsPage } from './settings/SettingsPage';
import { StrategiesPage } from './strategies/StrategiesPage';
import { SystemPage } from './system/SystemPage';

export interface PageProps {
  /** Whether it is the page on screen; one that was visited stays as it is while another is. */
  shown: boolean;
  /** What the address says after the page's id. */
  rest: string;
  onStart(): void;
}

export interface PageEntry {
  /** In the address: `#/id`. */
  id: string;
  title: string;
  /** After `g`. */
  key: string;
  /** A path on a field of 20 by 20, drawn as a line. */
  icon: string;
  show(props: PageProps): ComponentChildren;
}

/** Every page there is, in the order of the rail; the first is the one to begin with. */
export const PAGES: readonly [PageEntry, ...PageEntry[]] = [
  {
    id: 'live',
    title: 'Live',
    key: 'l',
    icon: 'M5 3v3M5 14v3M3 6h4v8H3zM14 2v3M14 11v4M12 5h4v6h-4z',
    show: ({ onStart }) => <LivePage onStart={onStart} />,
  },
  {
    id: 'strategies',
    title: 'Strategies',
    key: 's',
    icon: 'M7 5l-5 5 5 5M13 5l5 5-5 5',
    show: ({ shown, rest }) => <StrategiesPage shown={shown} name={rest} />,
  },
  {
    id: 'backtest',
    title: 'Backtest',
    key: 'b',
    icon: 'M3 3v14h14M6 13l3-4 3 2 5-7',
    show: ({ shown, rest }) => <BacktestPage shown={shown} id={rest} />,
  },
  {
    id: 'data',
    title: 'Data',
    key: 'd',
    icon: 'M4 5c0-3 12-3 12 0v10c0 3-12 3-12 0zM4 5c0 3 12 3 12 0M4 10c0 3 12 3 12 0',
    show: ({ shown, rest }) => <DataPage shown={shown} id={rest} />,
  },
  {
    id: 'history',
    title: 'History',
    key: 'h',
    icon: 'M10 3a7 7 0 1 1-6.3 4M3 3v4h4M10 6v4l3 2',
    show: ({ shown, rest }) => <HistoryPage shown={shown} rest={rest} />,
  },
  {
    id: 'system',
    title: 'System',
    key: 'y',
    icon: 'M2 10h4l2-6 4 12 2-6h4',
    show: ({ shown }) => <SystemPage shown={shown} />,
  },
  {
    id: 'settings',
    title: 'Settings',
    key: ',',
    icon: 'M3 6h9M16 6h1M3 14h1M8 14h9M12 4h4v4h-4zM4 12h4v4H4z',
    show: ({ shown }) => <SettingsPage shown={shown} />,
  },
];
