import { DateTime } from '#components/ui/date-time.tsx';
import { formatDuration } from '#components/ui/format.ts';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { Delivery } from '#server/features/notifications/webhooks.schema.ts';
import s from './notifications.module.css';

/** Every try of one delivery with what came back, and the body that was sent. */
export function WebhookTries({ one }: { one: Delivery }) {
  return (
    <div className={s.tries}>
      {one.tries.map((tried) => (
        <div key={tried.number} className={s.try}>
          <span className="strong">Try {tried.number}</span>
          <DateTime at={tried.at} seconds />
          <span className="num">{formatDuration(tried.ms)}</span>
          <span>{tried.error ?? `It answered ${tried.status}.`}</span>
          {tried.excerpt !== '' && <pre className={`${s.excerpt} mono`}>{tried.excerpt}</pre>}
        </div>
      ))}
      <ScrollRegion label="The body that is sent" maxHeight={200}>
        <pre className={`${s.excerpt} mono`}>{pretty(one.body)}</pre>
      </ScrollRegion>
    </div>
  );
}

function pretty(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
