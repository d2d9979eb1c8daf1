/// The application: command line, configuration, and the one place that sees all verticles.
@NullMarked
package sandpiper.app;

import org.jspecify.annotations.NullMarked;
