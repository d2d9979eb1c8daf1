// tries: an import of code in a URL
// expect: refused code from a data: URL is not allowed

import code from 'data:text/javascript,export%20default%201';
export default code;
