/** What a Spring application adds: {@link dev.larder.hibernate.spring.FlushBeforeOutbox}. */
@NullMarked
package dev.larder.hibernate.spring;

import org.jspecify.annotations.NullMarked;
