import { expect, test } from 'vitest';
import { parseDeliveryLine, parseReceivedHeader } from './mail-date.ts';

test.each([
  ['From exmh-workers-admin@redhat.com  Thu Aug 22 12:36:23 2002', '2002-08-22T12:36:23.000Z'],
  ['From ann Mon Sep  2 01:02:03 2002', '2002-09-02T01:02:03.000Z'],
  ['From ann Thu Feb 30 01:02:03 2002', null],
  ['From the beginning it was clear', null],
])('the delivery line %j', (line, iso) => {
  expect(parseDeliveryLine(line)?.toISOString() ?? null).toBe(iso);
});

test.each([
  ['from a by b with SMTP id x; Thu, 22 Aug 2002 12:34:53 +0100', '2002-08-22T11:34:53.000Z'],
  ['by b; 6 Sep 2002 14:42:40 -0400 (EDT)', '2002-09-06T18:42:40.000Z'],
  ['by b; Fri, 6 Sep 02 8:42 PDT', '2002-09-06T15:42:00.000Z'],
  ['by b; Fri, 6 Sep 1999 08:42:00 (GMT)', '1999-09-06T08:42:00.000Z'],
  ['by b; 32 Sep 2002 08:42:00', null],
  ['by b without a date', null],
])('the Received header %j', (value, iso) => {
  expect(parseReceivedHeader(value)?.toISOString() ?? null).toBe(iso);
});
