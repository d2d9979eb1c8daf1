// Tells a running strategy a value, which it gets in onCommand, and hears what the session makes of it.
//
//   npm install @vertx/eventbus-bridge-client.js
//   SANDPIPER_TOKEN=sp_… node tell.cjs SESSION INSTANCE NAME VALUE
//
// SANDPIPER_URL is http://127.0.0.1:8080 by default. Ends with the first signal that follows. Works the same with
// vertx3-eventbus-client (SANDPIPER_CLIENT names the package).
const EventBus = require(process.env.SANDPIPER_CLIENT ?? '@vertx/eventbus-bridge-client.js');

const [session_id, instance, name, value] = process.argv.slice(2);
if (value === undefined) {
  console.error('usage: node tell.cjs SESSION INSTANCE NAME VALUE');
  process.exit(2);
}
const url = process.env.SANDPIPER_URL ?? 'http://127.0.0.1:8080';
const headers = { Authorization: `Bearer ${process.env.SANDPIPER_TOKEN}` };
const bus = new EventBus(`${url}/eventbus`, {
  transports: ['websocket'],
  transportOptions: { websocket: { headers } },
});

function fail(error) {
  console.error(error.message ?? error);
  process.exit(1);
}

bus.onerror = fail;
bus.onclose = () => fail('the platform closed the connection');
bus.onopen = () => {
  bus.registerHandler(`console.session.${session_id}`, (error, message) => {
    if (error) fail(error);
    const { type, data } = message.body;
    if (type === 'signal' && data.strategy === instance) {
      console.log('signal', data.signal_id);
      process.exit(0);
    }
  });
  bus.send('strategies.command', { session_id, instance, name, data: { value: Number(value) } }, (error) => {
    if (error) fail(error);
    console.log('told');
  });
};
