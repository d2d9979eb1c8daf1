/// What is wrong with recorded market data: holes, duplicates, outliers, times that go back.
@NullMarked
package sandpiper.domain.quality;

import org.jspecify.annotations.NullMarked;
