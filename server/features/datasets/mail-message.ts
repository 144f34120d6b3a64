import PostalMime from 'postal-mime';
import { htmlToText } from '#server/domain/data/html-to-text.ts';
import { parseDeliveryLine, parseReceivedHeader } from '#server/domain/data/mail-date.ts';
import { messageOf } from '#server/errors.ts';

/** Bodies are cut behind this many characters. */
export const BODY_LIMIT = 100_000;

/** RFC 5322, 2.2: a name of printable characters but the colon, then a colon. */
const FIELD = /^[!-9;-~]+[ \t]*:/;

export type ParsedMail = { receivedAt: Date; fromDomain: string | null; subject: string; body: string; cut: boolean };
export type UnreadableMail = { reason: string; detail: string };

/**
 * One raw mail as a row. Its time is that of the delivery line, else of the topmost Received header.
 * @returns the reason in place of a row, when it can't be parsed or dated
 */
export async function parseMail(raw: Buffer): Promise<ParsedMail | UnreadableMail> {
  if (raw.length === 0) return { reason: 'empty', detail: 'the file has no bytes' };
  const lineEnd = raw.indexOf(10);
  const firstLine = raw
    .subarray(0, Math.min(lineEnd < 0 ? raw.length : lineEnd, 1000))
    .toString('latin1')
    .trimEnd();
  const hasDeliveryLine = /^>?From\s/.test(firstLine);
  try {
    const mail = await PostalMime.parse(hasDeliveryLine && lineEnd >= 0 ? raw.subarray(lineEnd + 1) : raw, {
      maxNestingDepth: 50,
    });
    if (!mail.headerLines.some(({ line }) => FIELD.test(line)))
      return { reason: 'no header', detail: 'it has no header line, so it is no mail' };
    const received = mail.headers.find((header) => header.key === 'received');
    const receivedAt =
      (hasDeliveryLine ? parseDeliveryLine(firstLine) : null) ?? (received ? parseReceivedHeader(received.value) : null);
    if (!receivedAt) return { reason: 'no date of delivery', detail: undated(received?.value) };
    const body = clean(mail.text?.trim() ? mail.text : htmlToText(mail.html ?? ''));
    return {
      receivedAt,
      fromDomain: domainOf(mail.from?.address),
      subject: clean(mail.subject ?? '')
        .replace(/\s+/g, ' ')
        .trim(),
      body: body.slice(0, BODY_LIMIT).toWellFormed(),
      cut: body.length > BODY_LIMIT,
    };
  } catch (error) {
    return { reason: "can't be parsed", detail: messageOf(error).slice(0, 300) };
  }
}

function undated(received: string | undefined): string {
  if (received === undefined) return 'it has neither a delivery line nor a Received header';
  return `its topmost Received header holds no date that can be read: ${received.slice(-120)}`;
}

function clean(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\r\n', '\n').toWellFormed();
}

function domainOf(address: string | undefined): string | null {
  const at = address?.lastIndexOf('@') ?? -1;
  if (!address || at < 0) return null;
  const domain = clean(address.slice(at + 1))
    .replace(/[\s>"']+$/g, '')
    .replace(/\.$/, '')
    .trim()
    .toLowerCase();
  return domain === '' ? null : domain.slice(0, 255);
}
