/** What people do: each action one transaction over entities, whose events end what was cached. */
@NullMarked
package dev.larder.showcase.simlane.action;

import org.jspecify.annotations.NullMarked;
