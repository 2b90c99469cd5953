/** What users do, each in one transaction. What ends in the caches ends with its commit. */
@NullMarked
package dev.larder.showcase.stories.write;

import org.jspecify.annotations.NullMarked;
