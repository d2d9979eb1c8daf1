@NullMarked
package sandpiper.gateway.rest;

import org.jspecify.annotations.NullMarked;
