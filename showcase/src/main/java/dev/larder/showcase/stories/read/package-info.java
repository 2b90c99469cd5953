/** What queries answer: records, so that nothing of a session gets into a cache. */
@NullMarked
package dev.larder.showcase.stories.read;

import org.jspecify.annotations.NullMarked;
