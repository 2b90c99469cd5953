package dev.larder.internal.warm;

import dev.larder.TimeSource;
import dev.larder.internal.store.GuardedStore;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What the warm-ups of one larder share.
 *
 * @param store the nearest shared tier, where turns are told; null if there is none
 * @param executor runs loads
 * @param scheduler runs waits
 */
public record WarmContext(
    String keyPrefix,
    String nodeId,
    @Nullable GuardedStore store,
    TimeSource time,
    Executor executor,
    ScheduledExecutorService scheduler) {}
