/** Moves places apart until neighbours are at least `gap` from each other, keeping their order and each group about its middle. */
export function spreadApart(places: readonly number[], gap: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
  const groups: { members: number[]; middle: number }[] = [];
  for (const index of order) {
    let group = { members: [index], middle: places[index] ?? 0 };
    for (let before = groups.at(-1); before && overlap(before, group, gap); before = groups.at(-1)) {
      groups.pop();
      const size = before.members.length + group.members.length;
      group = {
        members: [...before.members, ...group.members],
        middle: (before.middle * before.members.length + group.middle * group.members.length) / size,
      };
    }
    groups.push(group);
  }
  const moved = [...places];
  for (const { members, middle } of groups) {
    members.forEach((index, i) => {
      moved[index] = middle + (i - (members.length - 1) / 2) * gap;
    });
  }
  return moved;
}

function overlap(
  before: { members: number[]; middle: number },
  after: { members: number[]; middle: number },
  gap: number,
): boolean {
  return after.middle - before.middle < ((before.members.length + after.members.length) / 2) * gap - 1e-9;
}
