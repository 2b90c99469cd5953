/**
 * Cached responses of Spring MVC handlers: put {@link dev.larder.web.spring.CachedResponse} or {@link
 * dev.larder.web.spring.CachedPage} on a handler method. With Spring Boot nothing else is needed than a
 * bean of {@link dev.larder.Larder}.
 */
@NullMarked
package dev.larder.web.spring;

import org.jspecify.annotations.NullMarked;
