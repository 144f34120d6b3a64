import { describe, expect, it } from 'vitest';
import type { Item, Session } from './session.ts';
import { arrive, canRedo, drop, EMPTY_SESSION, give, inView, look, redo, remember, settle, undo } from './session.ts';

const item = (id: string): Item => ({ id, position: Number(id.slice(1)), key: id, data: {} });
const spam = { label: 'spam', skipReason: null } as const;
const ham = { label: 'ham', skipReason: null } as const;
const at = (annotationId: string) => ({ annotationId, durationMs: 1000 });
const three: Session = arrive(EMPTY_SESSION, [item('i1'), item('i2'), item('i3')]);

describe('a sitting', () => {
  it('has the next item in hand at once', () => {
    const { session, sends } = give(three, spam, at('a1'));
    expect(inView(session).item?.id).toBe('i2');
    expect(sends).toEqual([{ kind: 'answer', annotationId: 'a1', itemId: 'i1', label: 'spam', durationMs: 1000 }]);
  });

  it('sends a skip with its reason', () => {
    const { sends } = give(three, { label: null, skipReason: 'no text' }, at('a1'));
    expect(sends).toEqual([{ kind: 'skip', annotationId: 'a1', itemId: 'i1', reason: 'no text', durationMs: 1000 }]);
  });

  it('takes in new items once and none that is answered', () => {
    const { session } = give(three, spam, at('a1'));
    const more = arrive(session, [item('i1'), item('i2'), item('i4')]);
    expect(more.ahead.map((one) => one.id)).toEqual(['i2', 'i3', 'i4']);
    expect(arrive(more, [item('i4')])).toBe(more);
  });

  it('undoes through the whole session and redoes in turn', () => {
    let session = give(give(three, spam, at('a1')).session, ham, at('a2')).session;
    session = undo(session).session;
    const second = undo(session);
    expect(second.sends).toEqual([{ kind: 'undo', annotationId: 'a1', itemId: 'i1' }]);
    expect(second.session.ahead.map((one) => one.id)).toEqual(['i1', 'i2', 'i3']);
    const again = redo(second.session, at('a3'));
    expect(again.sends).toMatchObject([{ kind: 'answer', annotationId: 'a3', itemId: 'i1', label: 'spam' }]);
    const both = redo(again.session, at('a4'));
    expect(both.sends).toMatchObject([{ annotationId: 'a4', itemId: 'i2', label: 'ham' }]);
    expect(canRedo(both.session)).toBe(false);
    expect(undo(EMPTY_SESSION).sends).toEqual([]);
  });

  it('forgets what could be redone when another answer is given', () => {
    const session = undo(give(three, spam, at('a1')).session).session;
    const other = give(session, ham, at('a2')).session;
    expect(canRedo(undo(other).session)).toBe(true);
    expect(other.undone).toEqual([]);
  });

  it('looks back and changes an earlier answer in place', () => {
    const session = give(give(three, spam, at('a1')).session, spam, at('a2')).session;
    const back = look(look(session, -1), -1);
    expect(inView(back).given?.annotationId).toBe('a1');
    expect(look(back, -1)).toEqual(back);
    const changed = give(back, ham, at('a3'));
    expect(changed.sends).toMatchObject([
      { kind: 'undo', annotationId: 'a1' },
      { kind: 'answer', annotationId: 'a3', itemId: 'i1', label: 'ham' },
    ]);
    expect(changed.session.past.map((given) => given.label)).toEqual(['ham', 'spam']);
    expect(give(back, spam, at('a4')).sends).toEqual([]);
    expect(inView(look(look(back, 1), 1)).item?.id).toBe('i3');
  });

  it('undoes the answer that one looks at', () => {
    const session = look(look(give(give(three, spam, at('a1')).session, ham, at('a2')).session, -1), -1);
    const taken = undo(session);
    expect(taken.sends).toEqual([{ kind: 'undo', annotationId: 'a1', itemId: 'i1' }]);
    expect(inView(taken.session)).toMatchObject({ item: { id: 'i1' }, given: null });
  });

  it('remembers answers of earlier sittings before its own', () => {
    const session = look(give(three, spam, at('a1')).session, -1);
    const old = (id: string) => ({ ...ham, annotationId: `old-${id}`, item: item(id) });
    const all = remember(session, [old('i9'), old('i8'), old('i1')]);
    expect(all.past.map((given) => given.item.id)).toEqual(['i8', 'i9', 'i1']);
    expect(inView(all).given?.annotationId).toBe('a1');
  });

  it('lets go of what was lost and corrects what another window said', () => {
    const session = give(three, spam, at('a1')).session;
    expect(drop(session, 'i1').past).toEqual([]);
    expect(drop(session, 'i2').ahead.map((one) => one.id)).toEqual(['i3']);
    expect(settle(session, 'a1', { ...ham, annotationId: 'b1' }).past).toMatchObject([{ annotationId: 'b1', label: 'ham' }]);
  });
});
