/** What operators ask and order: read {@link dev.larder.internal.manage.LocalManagement}. */
@NullMarked
package dev.larder.internal.manage;

import org.jspecify.annotations.NullMarked;
