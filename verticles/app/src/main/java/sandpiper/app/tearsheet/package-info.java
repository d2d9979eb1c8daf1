/// A backtest on one page for people: HTML and SVG in one file that asks for nothing else.
@NullMarked
package sandpiper.app.tearsheet;

import org.jspecify.annotations.NullMarked;
