/**
 * Caching by annotation: {@link dev.larder.spring.annotation.Cached} and its kin, on methods of beans.
 *
 * <p>Read {@link dev.larder.spring.annotation.Cached} first. {@link
 * dev.larder.spring.annotation.AnnotatedCaches} finds every annotated method when the application
 * starts and refuses what can't work; {@link dev.larder.spring.annotation.LarderInterceptor} runs the
 * calls.
 */
@NullMarked
package dev.larder.spring.annotation;

import org.jspecify.annotations.NullMarked;
