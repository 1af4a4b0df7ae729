// Replaces Elasticsearch's class of the same name; elasticsearch-file-limit.ts explains why.
package org.elasticsearch.bootstrap;

import org.elasticsearch.common.ReferenceDocs;

class BootstrapChecks {
  static class FileDescriptorCheck implements BootstrapCheck {
    public BootstrapCheckResult check(BootstrapContext context) {
      return BootstrapCheckResult.success();
    }

    public ReferenceDocs referenceDocs() {
      return ReferenceDocs.BOOTSTRAP_CHECK_FILE_DESCRIPTOR;
    }
  }
}
