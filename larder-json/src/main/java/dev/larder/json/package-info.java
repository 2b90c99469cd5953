/**
 * Values as JSON, by Jackson 3, bound to the type that a cache declares.
 *
 * <p>Read {@link dev.larder.json.JsonCodecs}. Being on the class path is enough: it is found by
 * {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.larder.json;

import org.jspecify.annotations.NullMarked;
