/**
 * An object that is made at its first use. Database handles are exported as constants, while the address of the
 * database may become known only after this module is loaded (the supervisor and the commands find a port first).
 */
export function lazy<T extends object>(make: () => T): T {
  let made: T | undefined;
  const value = () => {
    made ??= make();
    return made;
  };
  return new Proxy({} as T, {
    get(_target, property) {
      const object = value();
      const member: unknown = Reflect.get(object, property, object);
      return typeof member === 'function' ? member.bind(object) : member;
    },
    has: (_target, property) => Reflect.has(value(), property),
  });
}
