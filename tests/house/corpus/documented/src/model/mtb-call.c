#include "mtb-call.h"

/**
 * mtb_call_free:
 * @call: (transfer full): a call
 */
void
mtb_call_free (MtbCall *call)
{
}
