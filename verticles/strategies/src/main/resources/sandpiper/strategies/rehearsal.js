// Runs once in an engine: walks through what scripts do when they fail, down to the end of the stack.
(function () {
  'use strict';
  const fall = (depth) => {
    try {
      if (depth > 5) throw new RangeError('far enough');
      return [depth].map((each) => fall(each + 1)).concat(JSON.parse('[1]'));
    } catch (error) {
      throw new TypeError(error.message, { cause: error });
    }
  };
  const attempt = (work) => {
    try {
      return work();
    } catch (error) {
      return `${error} ${error.stack}`;
    }
  };
  attempt(() => fall(0));
  attempt(() => undefined.missing);
  attempt(() => JSON.stringify({ toJSON: () => fall(0) }));
  attempt(() => [2, 1].sort(() => fall(0)));
  attempt(() => 'abc'.replace(/b/g, () => fall(0)));
  attempt(() => [...(function* () { yield 1; fall(0); })()]);
  (async () => fall(0))().catch(String);
  attempt(() => new Date(0).toLocaleString() + (1.5).toLocaleString()); // loads tables that take long
  const endless = () => endless();
  attempt(endless);
})();
