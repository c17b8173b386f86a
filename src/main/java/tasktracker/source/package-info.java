/** Imports of files: upload, dry run, ingestion and undo, for all file formats. */
@NullMarked
package tasktracker.source;

import org.jspecify.annotations.NullMarked;
