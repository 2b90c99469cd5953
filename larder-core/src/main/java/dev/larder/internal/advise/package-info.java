/** What a sample of live traffic says of caches: it is followed, replayed under other settings, and judged. */
@NullMarked
package dev.larder.internal.advise;

import org.jspecify.annotations.NullMarked;
