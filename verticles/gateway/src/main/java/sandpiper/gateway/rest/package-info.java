/// The operations of `conf/openapi.yaml`.
@NullMarked
package sandpiper.gateway.rest;

import org.jspecify.annotations.NullMarked;
