/**
 * The endpoints for programs: {@link dev.larder.showcase.algoitny.web.ProblemApi}, {@link
 * dev.larder.showcase.algoitny.web.AccountApi} and, for the administrator, {@link
 * dev.larder.showcase.algoitny.web.AdminApi} and {@link
 * dev.larder.showcase.algoitny.web.CacheApi}.
 */
@NullMarked
package dev.larder.showcase.algoitny.web;

import org.jspecify.annotations.NullMarked;
