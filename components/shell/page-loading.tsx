import { LoadingRows } from '#components/ui/loading-rows.tsx';
import s from './shell.module.css';

/** The stage while a page is being fetched: a head of the real height, then rows. */
export function PageLoading() {
  return (
    <div>
      <div className={s.loadingHead} />
      <div className={s.loadingBody}>
        <LoadingRows rows={10} what="Reading this page…" />
      </div>
    </div>
  );
}
