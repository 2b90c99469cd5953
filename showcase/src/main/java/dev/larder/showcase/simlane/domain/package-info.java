/** What pages and endpoints show: records that are cached as they are. */
@NullMarked
package dev.larder.showcase.simlane.domain;

import org.jspecify.annotations.NullMarked;
