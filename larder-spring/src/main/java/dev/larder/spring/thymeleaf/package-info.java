/**
 * Fragments of Thymeleaf templates that are rendered once and kept: {@code <div larder:cache="club_stats"
 * larder:key="${club.id}">}. Read {@link dev.larder.spring.thymeleaf.LarderDialect} first, then {@link
 * dev.larder.spring.thymeleaf.FragmentCaches}.
 */
@NullMarked
package dev.larder.spring.thymeleaf;

import org.jspecify.annotations.NullMarked;
