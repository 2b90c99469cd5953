package dev.larder.internal.load;

import java.util.List;

/**
 * What a load is to replace.
 *
 * @param value its value
 * @param tags its tags, captured caches and prefixes in the form of {@link Dependency}
 */
public record Previous(Object value, List<String> tags) {}
