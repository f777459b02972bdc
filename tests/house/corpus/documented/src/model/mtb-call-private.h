#pragma once

void mtb_call_touch (MtbCall *call);
