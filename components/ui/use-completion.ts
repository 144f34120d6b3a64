'use client';
import { type KeyboardEvent, type RefObject, useState } from 'react';

export type Suggestion = { text: string; note?: string };
export type Suggestions = { from: number; to: number; items: Suggestion[] };
export type Complete = (text: string, cursor: number) => Suggestions;

/** What a field of a search language offers at the cursor, and the keys that choose: down, up, Tab or Enter, Escape. */
export function useCompletion(o: {
  input: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (value: string) => void;
  complete: Complete | undefined;
}) {
  const [offer, setOffer] = useState<Suggestions | null>(null);
  const [active, setActive] = useState(-1);
  const items = offer?.items ?? [];
  const close = () => setOffer(null);
  const open = (text: string, cursor: number) => {
    const found = o.complete?.(text, cursor) ?? null;
    setOffer(found && found.items.length > 0 ? found : null);
    setActive(-1);
  };
  const take = (item: Suggestion) => {
    if (!offer) return;
    const after = o.value.slice(offer.to);
    const text = `${o.value.slice(0, offer.from)}${item.text}${after === '' ? ' ' : ''}`;
    o.onChange(text + after);
    close();
    requestAnimationFrame(() => {
      o.input.current?.focus();
      o.input.current?.setSelectionRange(text.length, text.length);
      open(text + after, text.length);
    });
  };
  /** @returns whether the key was meant for the list */
  const onKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (!o.complete) return false;
    const input = event.currentTarget;
    if (!offer) {
      if (event.key !== 'ArrowDown' && !(event.key === ' ' && event.ctrlKey)) return false;
      event.preventDefault();
      open(o.value, input.selectionStart ?? o.value.length);
      return true;
    }
    const chosen = items[event.key === 'Tab' ? Math.max(active, 0) : active];
    if (event.key === 'ArrowDown') setActive((active + 1) % items.length);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? items.length - 1 : active - 1);
    else if (event.key === 'Escape') close();
    else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && chosen) take(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { items, active, isOpen: offer !== null, open, close, take, onKey };
}
