/**
 * A constant that stands for an object which is found at each use. Database handles are exported as constants, while
 * the address of the database may become known only after this module is loaded (the supervisor and the commands find
 * a port first), and may be closed and opened anew.
 */
export function lazy<T extends object>(find: () => T): T {
  return new Proxy({} as T, {
    get(_target, property) {
      const object = find();
      const member: unknown = Reflect.get(object, property, object);
      return typeof member === 'function' ? member.bind(object) : member;
    },
    has: (_target, property) => Reflect.has(find(), property),
  });
}
