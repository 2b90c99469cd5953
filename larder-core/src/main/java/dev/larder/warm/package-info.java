/**
 * Loads what will be asked for before anybody asks. A {@link dev.larder.warm.WarmPlan} says which keys, by
 * which loader, when, and how gently; {@link dev.larder.warm.Warming} runs plans, one node at a time.
 */
@NullMarked
package dev.larder.warm;

import org.jspecify.annotations.NullMarked;
