import type { SortingState } from '@tanstack/react-table';
import type { ReactNode } from 'react';

export type Column<T> = {
  id: string;
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** Makes the column sortable by this value; null stands last. */
  sort?: (row: T) => string | number | boolean | Date | null | undefined;
  /** `right` also means figures: tabular. */
  align?: 'left' | 'right' | 'center';
  /** The layout is fixed: figures take 88 px unless told, the others share what is left. */
  width?: number | string;
  /** Hidden where the window is narrower than this many pixels. */
  hideBelow?: 1100 | 1280 | 1440;
  mono?: boolean;
  title?: string;
};

export type DataTableProps<T> = {
  label: string;
  columns: Column<T>[];
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  /** Where Enter or a click on a row leads; the first column's cell becomes the link. */
  href?: (row: T) => string;
  onOpen?: (row: T) => void;
  /** Shown at the row's end under the pointer and with the keyboard's focus. */
  actions?: (row: T) => ReactNode;
  selection?: { selected: ReadonlySet<string>; onChange: (selected: ReadonlySet<string>) => void };
  /** Highlighted: the thing that is open beside the table. */
  current?: string | null;
  /** Rows on sunken ground: pinned, groups. */
  pinned?: (row: T) => boolean;
  /** A full line under a row, for example its details when open. */
  below?: (row: T) => ReactNode;
  initialSort?: { id: string; desc: boolean };
  /** Sorting done elsewhere (server): give the state and hear the clicks. */
  sorting?: { state: SortingState; onChange: (state: SortingState) => void };
  error?: unknown;
  onRetry?: () => void;
  empty?: ReactNode;
  rowHeight?: 28 | 30 | 36 | 44;
  /** Gives the table a height of its own and draws only the rows in sight: for more than about 200 rows. */
  height?: number | string;
  /** Called when the last rows come into sight. */
  onEnd?: () => void;
  /** 24 px before the first and after the last column, for tables that reach the stage's edges. */
  inset?: boolean;
  loadingRows?: number;
  /** Room for the actions at the row's end, in pixels (96). */
  actionsWidth?: number;
};
