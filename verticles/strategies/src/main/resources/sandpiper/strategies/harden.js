// Runs first in every context: takes out of the language what a strategy could harm others or itself with,
// and fixes the rest in place. The prelude and the strategy find the language as this leaves it.
(function (host) {
  'use strict';
  const { apply, ownKeys, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, defineProperty } = Reflect;
  const { isArray } = Array;
  const fail = (message) => { throw new TypeError(message); };
  const replace = (owner, name, value) => {
    if (!defineProperty(owner, name, { value })) fail(`cannot replace ${String(name)}`);
  };

  // The clock and chance come from the session, so that a run repeats itself exactly.
  const RealDate = globalThis.Date;
  const SessionDate = function Date(...args) {
    const made = new RealDate(...(args.length === 0 ? [host.time()] : args));
    if (new.target === undefined) return new RealDate(host.time()).toString();
    return new.target === SessionDate ? made : Object.setPrototypeOf(made, new.target.prototype);
  };
  SessionDate.prototype = RealDate.prototype;
  replace(RealDate.prototype, 'constructor', SessionDate);
  for (const [name, value] of Object.entries({ now: () => host.time(), parse: RealDate.parse, UTC: RealDate.UTC })) {
    defineProperty(SessionDate, name, { value });
  }
  replace(globalThis, 'Date', SessionDate);
  let seed = host.seed();
  replace(Math, 'random', () => { // mulberry32
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  });

  // Intl knows the real clock and the machine's language; the next two hear the garbage collector. A Proxy, or
  // an object that poses as an array, gives a built-in loop more rounds than anyone can wait for, and such a
  // loop has no point at which it can be stopped.
  for (const name of ['Intl', 'WeakRef', 'FinalizationRegistry', 'Proxy']) delete globalThis[name];
  const LONGEST = 1_000_000;
  const checkLength = (length) => {
    if (length > LONGEST) fail(`an array may have ${LONGEST} elements to be worked on, has ${length}`);
  };
  for (const name of ['concat', 'copyWithin', 'every', 'fill', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex',
    'flat', 'flatMap', 'forEach', 'includes', 'indexOf', 'join', 'lastIndexOf', 'map', 'reduce', 'reduceRight', 'reverse',
    'shift', 'slice', 'some', 'sort', 'splice', 'toLocaleString', 'toReversed', 'toSorted', 'toSpliced', 'unshift', 'with']) {
    const real = Array.prototype[name];
    const { [name]: guarded } = {
      [name](...args) {
        if (!isArray(this)) fail(`Array.prototype.${name} takes an array`);
        checkLength(this.length);
        if (name === 'concat') {
          for (let i = 0; i < args.length; i++) { // what poses as an array is an element
            if (isArray(args[i])) checkLength(args[i].length);
            else args[i] = [args[i]];
          }
        }
        return apply(real, this, args);
      },
    };
    replace(guarded, 'length', real.length);
    replace(Array.prototype, name, guarded);
  }
  const realFrom = Array.from;
  const { from } = {
    from(items, ...rest) {
      let source = items;
      if (isArray(items)) {
        checkLength(items.length);
      } else if (items !== null && typeof items === 'object') { // read once: what is read twice can change
        const iterator = items[Symbol.iterator];
        if (iterator === undefined || iterator === null) {
          const length = Math.trunc(Number(items.length)) || 0;
          checkLength(length);
          source = [];
          for (let i = 0; i < length; i++) source[i] = items[i];
        } else {
          source = { [Symbol.iterator]: () => apply(iterator, items, []) };
        }
      } else if (typeof items === 'function') {
        fail('Array.from takes something to iterate over or with a length');
      }
      return apply(realFrom, this, [source, ...rest]);
    },
  };
  replace(from, 'length', 1);
  replace(Array, 'from', from);

  const { stringify } = JSON;
  replace(JSON, 'stringify', ({
    stringify(value, replacer, space) {
      if (isArray(replacer)) checkLength(replacer.length);
      return stringify(value, replacer, space);
    },
  }).stringify);

  // Everything that came with the language stays as it is. A property of a frozen prototype could not be set on
  // what inherits from it either (`error.name = …`, `object.toString = …`): those that programs do set become
  // accessors whose setter gives the object a property of its own.
  const OFTEN_SET = new Set(['constructor', 'message', 'name', 'toLocaleString', 'toString', 'valueOf']);
  const letInheritorsSet = (owner, key, { value, enumerable }) => defineProperty(owner, key, {
    get: () => value,
    set(own) {
      if (this === owner || !defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true })) {
        fail(`Cannot assign to read only property '${String(key)}'`);
      }
    },
    enumerable,
    configurable: false,
  });
  const seen = new Set();
  const fix = (object) => {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function') || seen.has(object)) return;
    seen.add(object);
    const keys = ownKeys(object);
    if (typeof object !== 'function' || keys.length > 2) { // most have length and name only
      const prototype = Object.hasOwn(object, 'constructor');
      for (const key of keys) {
        const property = getOwnPropertyDescriptor(object, key);
        if (property.get === undefined && property.set === undefined) {
          fix(property.value);
          if (prototype && property.configurable && (object === Object.prototype || OFTEN_SET.has(key))) {
            letInheritorsSet(object, key, property);
          }
        } else {
          fix(property.get);
          fix(property.set);
        }
      }
      fix(getPrototypeOf(object));
    }
    Object.freeze(object);
  };
  for (const name of ownKeys(globalThis)) {
    const property = getOwnPropertyDescriptor(globalThis, name);
    if (name !== 'globalThis') fix(property.value);
    defineProperty(globalThis, name, { ...property, configurable: false, ...(property.get ? {} : { writable: false }) });
  }
  // What the language makes without a name.
  for (const unnamed of [
    () => 1, async () => 1, function* () {}, async function* () {}, (function* () {})(), (async function* () {})(),
    [][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
    ''.matchAll(/a/g), Uint8Array.prototype, getOwnPropertyDescriptor(function () { 'use strict'; }, 'caller')?.get,
  ]) {
    if (unnamed !== undefined) fix(getPrototypeOf(unnamed));
  }

  // What a context holds is counted from here: the host's own references to the prelude are not.
  let kept = null;
  return (prelude) => { kept ??= prelude; };
});
