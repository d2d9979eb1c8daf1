// tries: an import of a file
// expect: refused Operation is not allowed for

import secrets from '/etc/passwd';
export default secrets;
