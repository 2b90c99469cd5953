/** Contract tests, embedded servers and failing tiers. */
@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
