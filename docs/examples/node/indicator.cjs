// Computes an indicator outside and publishes it: how many more of the latest trades went up than down, from -1 to 1.
// Strategies read it by name: { use: 'external', on: 'main.NAME' }.
//
//   npm install @vertx/eventbus-bridge-client.js
//   SANDPIPER_TOKEN=sp_… node indicator.cjs SESSION NAME [COUNT]
//
// SANDPIPER_URL is http://127.0.0.1:8080 by default. Ends after COUNT values; without it goes on. Works the same with
// vertx3-eventbus-client (SANDPIPER_CLIENT names the package).
const EventBus = require(process.env.SANDPIPER_CLIENT ?? '@vertx/eventbus-bridge-client.js');

const [session_id, name, count = Infinity] = process.argv.slice(2);
if (name === undefined) {
  console.error('usage: node indicator.cjs SESSION NAME [COUNT]');
  process.exit(2);
}
const url = process.env.SANDPIPER_URL ?? 'http://127.0.0.1:8080';
const headers = { Authorization: `Bearer ${process.env.SANDPIPER_TOKEN}` };
const bus = new EventBus(`${url}/eventbus`, {
  transports: ['websocket'],
  transportOptions: { websocket: { headers } },
});
const WINDOW = 20;
const moves = [];
let last;
let published = 0;

function fail(error) {
  console.error(error.message ?? error);
  process.exit(1);
}

bus.onerror = fail;
bus.onclose = () => fail('the platform closed the connection');
bus.onopen = () => {
  bus.registerHandler(`session.inputs.${session_id}`, (error, message) => {
    if (error) fail(error);
    const { type, symbol, price } = message.body;
    if (type !== 'trade') return;
    if (last !== undefined) moves.push(Math.sign(price - last));
    last = price;
    if (moves.length < WINDOW) return;
    const value = moves.reduce((sum, move) => sum + move, 0) / WINDOW;
    moves.length = 0;
    bus.send('indicators.publish', { symbol, name, value }, (refused) => {
      if (refused) fail(refused);
      console.log(value);
      published += 1;
      if (published >= count) process.exit(0);
    });
  });
};
