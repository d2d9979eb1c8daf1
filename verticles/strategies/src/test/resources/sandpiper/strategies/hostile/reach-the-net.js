// tries: an import from the net
// expect: refused Socket IO is not allowed

import code from 'https://example.com/code.js';
export default code;
