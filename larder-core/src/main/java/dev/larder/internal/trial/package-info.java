/**
 * Trials of ttls: {@link dev.larder.internal.trial.TrialOrder} is what all nodes follow, {@link
 * dev.larder.internal.trial.Assignment} says which key is of which arm, {@link
 * dev.larder.internal.trial.TrialTally} is what one node has counted, and {@link
 * dev.larder.internal.trial.TrialResult} judges that.
 */
@NullMarked
package dev.larder.internal.trial;

import org.jspecify.annotations.NullMarked;
