/** All of the editor in one chunk, loaded when a source is first shown. */
export { showDiff, type Side } from './diffView';
export { SourceEditor } from './sourceEditor';
